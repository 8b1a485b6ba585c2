layout(location = 0) in vec2 place;
layout(location = 1) in vec2 texel;
layout(location = 2) in vec4 tint;
uniform vec2 scale;
out vec2 at;
out vec4 colour;

void main() {
    at = texel;
    colour = tint;
    gl_Position = vec4(place * scale + vec2(-1, 1), 0, 1);
}
