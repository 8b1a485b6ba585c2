layout(location = 0) in vec3 position;
layout(location = 1) in vec4 tint;
layout(location = 2) in float edge;
uniform mat4 viewProjection;
out vec4 colour;
out float across;

void main() {
    colour = tint;
    across = edge;
    gl_Position = viewProjection * vec4(position, 1);
}
