layout(location = 0) in vec3 way;
layout(location = 1) in vec3 octant;
layout(location = 2) in vec4 positionAndTip;
layout(location = 3) in vec4 rotation;
layout(location = 4) in vec4 halfAndRadius;
layout(location = 5) in vec4 tint;
uniform mat4 viewProjection;
invariant gl_Position;
uniform mat4 shadowProjection;
out vec3 normal;
out vec3 place;
out vec3 inShadow;
out vec4 colour;

vec3 turned(vec3 v) { return v + 2.0 * cross(rotation.xyz, cross(rotation.xyz, v) + rotation.w * v); }

void main() {
    float radius = octant.z > 0.0 ? positionAndTip.w : halfAndRadius.w;
    place = positionAndTip.xyz + turned(octant * halfAndRadius.xyz + way * radius);
    normal = turned(way);
    colour = tint;
    inShadow = (shadowProjection * vec4(place, 1)).xyz * 0.5 + 0.5;
    gl_Position = viewProjection * vec4(place, 1);
}
