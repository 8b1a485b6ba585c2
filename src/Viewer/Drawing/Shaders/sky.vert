uniform vec3 corner00;
uniform vec3 corner10;
uniform vec3 corner01;
out vec3 way;

void main() {
    // One triangle over all of the picture.
    vec2 at = vec2(gl_VertexID == 1 ? 2.0 : 0.0, gl_VertexID == 2 ? 2.0 : 0.0);
    way = corner00 + at.x * (corner10 - corner00) + at.y * (corner01 - corner00);
    gl_Position = vec4(2.0 * at - 1.0, 1, 1);
}
