uniform sampler2D image;
in vec2 at;
in vec4 colour;
out vec4 shown;

void main() { shown = colour * texture(image, at); }
