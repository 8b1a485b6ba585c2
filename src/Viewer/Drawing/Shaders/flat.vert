layout(location = 0) in vec3 position;
layout(location = 1) in vec4 tint;
uniform mat4 viewProjection;
out vec4 colour;

void main() {
    colour = tint;
    gl_Position = viewProjection * vec4(position, 1);
}
