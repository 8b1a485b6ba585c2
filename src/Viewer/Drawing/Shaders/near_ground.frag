uniform vec3 eye;
uniform sampler2DShadow shadows;
uniform float texel;
uniform vec2 middle;
uniform vec2 half_size;
uniform vec4 blobs[8];
uniform int blobCount;
in vec3 place;
in vec3 inShadow;
out vec4 shown;

float dark(vec2 p) {
    vec2 width = max(abs(dFdx(p)), abs(dFdy(p))) + 0.001;
    vec2 wave = 2.0 * (abs(fract((p - 0.5 * width) * 0.5) - 0.5) - abs(fract((p + 0.5 * width) * 0.5) - 0.5)) / width;
    return 0.5 - 0.5 * wave.x * wave.y;
}

void main() {
    float lit = 0.0;
    for (int y = -1; y <= 1; ++y)
        for (int x = -1; x <= 1; ++x)
            lit += texture(shadows, inShadow + vec3(2.0 * texel * vec2(float(x), float(y)), 0));
    lit /= 9.0;

    // What balls above the ground take of the sky's light: the part of the half sphere that they cover, weighted by its height.
    float open = 1.0;
    for (int at = 0; at < blobCount; ++at) {
        vec3 to = blobs[at].xyz - place;
        float squared = dot(to, to);
        open *= 1.0 - clamp(to.z * blobs[at].w * blobs[at].w / (squared * sqrt(squared)), 0.0, 0.75);
    }

    vec2 inside = clamp((half_size - abs(place.xy - middle)) / 0.25, 0.0, 1.0);
    float shown_share = inside.x * inside.y;
    float light = mix(1.0, (0.56 + 0.44 * lit) * mix(1.0, open, 0.8), shown_share);
    vec3 from = place - eye;
    float away = dot(from, from);
    vec3 ground = mix(vec3(0.780, 0.800, 0.825), vec3(0.655, 0.685, 0.725), dark(place.xy * 1.25)) * mix(vec3(0.90, 0.95, 1.06) * light, vec3(light), light);
    float haze = away * away / (away * away + 400000.0);
    shown = vec4(mix(ground, vec3(0.885, 0.915, 0.945), haze), 1);
}
