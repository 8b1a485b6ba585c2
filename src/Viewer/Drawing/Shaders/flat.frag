in vec4 colour;
in float across;
out vec4 shown;

void main() { shown = vec4(colour.rgb, colour.a * clamp((1.0 - abs(across)) / (fwidth(across) + 0.0001), 0.0, 1.0)); }
