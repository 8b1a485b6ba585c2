uniform vec3 eye;
uniform vec3 sun;
uniform sampler2DShadow shadows;
uniform float texel;
in vec3 normal;
in vec3 place;
in vec3 inShadow;
in vec4 colour;
out vec4 shown;

void main() {
    vec3 n = normalize(normal);
    vec3 toEye = normalize(eye - place);
    float facing = dot(n, sun);
    float lit = 0.0;
    if (max(abs(inShadow.x - 0.5), abs(inShadow.y - 0.5)) < 0.49) {
        vec3 at = inShadow - vec3(0, 0, 0.0015);
        float spread = 1.2 * texel;
        lit = 0.25 * (texture(shadows, at + vec3(spread, spread * 0.4, 0)) + texture(shadows, at + vec3(-spread * 0.4, spread, 0)) +
                      texture(shadows, at + vec3(-spread, -spread * 0.4, 0)) + texture(shadows, at + vec3(spread * 0.4, -spread, 0)));
    } else {
        lit = 1.0;
    }

    // The sky from above, light from the ground from below, less near the ground; the sun where it gets to.
    float up = n.z * 0.5 + 0.5;
    float open = mix(clamp(0.45 + place.z, 0.0, 1.0), 1.0, up);
    vec3 light = mix(vec3(0.24, 0.225, 0.21), vec3(0.37, 0.42, 0.50), up) * open + vec3(0.86, 0.80, 0.70) * max(facing, 0.0) * lit;
    vec3 middle = normalize(sun + toEye);
    float gloss = pow(max(dot(n, middle), 0.0), 42.0) * 0.28 * lit * step(0.0, facing);
    float rim = pow(1.0 - max(dot(n, toEye), 0.0), 3.0) * 0.16;
    vec3 base = colour.rgb * colour.rgb;
    shown = vec4(sqrt(base * light + vec3(gloss) + rim * vec3(0.7, 0.8, 0.95)), 1);
}
