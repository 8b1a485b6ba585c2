uniform vec3 eye;
in vec3 normal;
in vec3 place;
in vec3 inShadow;
in vec4 colour;
out vec4 shown;

void main() {
    // Like glass: its edge is denser than its middle.
    float edge = 1.0 - abs(dot(normalize(normal), normalize(eye - place)));
    shown = vec4(mix(colour.rgb, vec3(1), 0.35 * edge), colour.a * (0.45 + 0.55 * edge * edge));
}
