uniform vec3 eye;
in vec3 place;
out vec4 shown;

// How much of a pixel lies on dark squares: the integral of the pattern over the pixel, so that it fades instead of flickering far away.
float dark(vec2 p) {
    vec2 width = max(abs(dFdx(p)), abs(dFdy(p))) + 0.001;
    vec2 wave = 2.0 * (abs(fract((p - 0.5 * width) * 0.5) - 0.5) - abs(fract((p + 0.5 * width) * 0.5) - 0.5)) / width;
    return 0.5 - 0.5 * wave.x * wave.y;
}

void main() {
    vec3 from = place - eye;
    float away = dot(from, from);
    vec3 ground = mix(vec3(0.780, 0.800, 0.825), vec3(0.655, 0.685, 0.725), dark(place.xy * 1.25));
    float haze = away * away / (away * away + 400000.0);
    shown = vec4(mix(ground, vec3(0.885, 0.915, 0.945), haze), 1);
}
