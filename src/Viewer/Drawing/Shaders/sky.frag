in vec3 way;
out vec4 shown;

void main() {
    float up = max(normalize(way).z, 0.0);
    shown = vec4(mix(vec3(0.885, 0.915, 0.945), vec3(0.40, 0.58, 0.80), 1.0 - exp(-3.2 * up)), 1);
}
