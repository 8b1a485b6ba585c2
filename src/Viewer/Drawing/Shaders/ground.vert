layout(location = 0) in vec3 position;
uniform mat4 viewProjection;
uniform mat4 shadowProjection;
out vec3 place;
out vec3 inShadow;

void main() {
    place = position;
    inShadow = (shadowProjection * vec4(position, 1)).xyz * 0.5 + 0.5;
    gl_Position = viewProjection * vec4(position, 1);
}
