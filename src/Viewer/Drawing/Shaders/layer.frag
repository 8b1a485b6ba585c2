uniform sampler2D layer;
uniform ivec2 corner;
out vec4 shown;

void main() { shown = texelFetch(layer, ivec2(gl_FragCoord.xy) - corner, 0); }
