// Replays the motion that lies in this page. Z is up, lengths are metres. #t=1.5 in the address shows that moment, paused.
'use strict';
(() => {
  const motion = JSON.parse(document.getElementById('motion').textContent);
  const part = name => document.getElementById(name);
  const bytes = Uint8Array.from(atob(motion.poses), letter => letter.charCodeAt(0));
  const poses = new Float32Array(bytes.buffer); // [frame, body, place x y z and rotation x y z w]
  const bodies = motion.bodies, stride = 7 * bodies, last = motion.frames - 1, duration = last / motion.rate;
  document.title = motion.name;
  part('credit').textContent = motion.licence ? `motion: ${motion.licence}` : '';

  let renderer;
  try {
    renderer = new THREE.WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
  } catch (problem) {
    part('problem').textContent = 'This browser shows no 3D here (WebGL is off).';
    document.body.dataset.state = 'no-webgl';
    return;
  }
  renderer.setPixelRatio(Math.min(2, devicePixelRatio));
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = THREE.PCFSoftShadowMap;
  document.body.prepend(renderer.domElement);

  const scene = new THREE.Scene(), horizon = new THREE.Color(0xdfe7ee);
  scene.background = horizon;
  scene.fog = new THREE.Fog(horizon, 12, 40);
  scene.add(new THREE.HemisphereLight(0xffffff, 0xb8b2a6, 1.9));
  const sun = new THREE.DirectionalLight(0xfff3e0, 2.2), sunWay = new THREE.Vector3(2.6, -0.6, 5);
  sun.castShadow = true;
  sun.shadow.mapSize.set(2048, 2048);
  sun.shadow.radius = 5;
  Object.assign(sun.shadow.camera, { left: -2.5, right: 2.5, top: 2.5, bottom: -2.5, near: 0.5, far: 14 });
  scene.add(sun, sun.target);

  const tile = document.createElement('canvas');
  tile.width = tile.height = 64;
  const ink = tile.getContext('2d');
  ink.fillStyle = '#c9d0d6';
  ink.fillRect(0, 0, 64, 64);
  ink.fillStyle = '#b4bdc5';
  ink.fillRect(0, 0, 32, 32);
  ink.fillRect(32, 32, 32, 32);
  const checks = new THREE.CanvasTexture(tile);
  checks.wrapS = checks.wrapT = THREE.RepeatWrapping;
  checks.repeat.set(60, 60);
  checks.anisotropy = renderer.capabilities.getMaxAnisotropy();
  const ground = new THREE.Mesh(new THREE.PlaneGeometry(120, 120), new THREE.MeshLambertMaterial({ map: checks }));
  ground.receiveShadow = true;
  scene.add(ground);

  const groups = Array.from({ length: bodies }, () => new THREE.Group());
  for (const group of groups) scene.add(group);
  for (const shape of motion.shapes) {
    const [x, y, z] = shape.size;
    const geometry = shape.kind === 'box' ? new THREE.BoxGeometry(2 * x, 2 * y, 2 * z)
      : shape.kind === 'capsule' ? new THREE.CapsuleGeometry(x, 2 * y, 12, 24).rotateX(Math.PI / 2) : new THREE.SphereGeometry(x, 32, 20);
    const mesh = new THREE.Mesh(geometry, new THREE.MeshStandardMaterial({ color: shape.colour, roughness: 0.55 }));
    mesh.position.fromArray(shape.place);
    mesh.quaternion.fromArray(shape.rotation);
    mesh.castShadow = mesh.receiveShadow = true;
    groups[shape.body].add(mesh);
  }

  const state = { seconds: 0, playing: true, stale: true };
  const camera = new THREE.PerspectiveCamera(40, 1, 0.05, 80);
  camera.up.set(0, 0, 1);
  const controls = new THREE.OrbitControls(camera, renderer.domElement);
  controls.maxPolarAngle = 1.55;
  controls.minDistance = 0.8;
  controls.maxDistance = 20;
  controls.addEventListener('change', () => { state.stale = true; });

  const from = new THREE.Vector3(), to = new THREE.Vector3(), turned = new THREE.Quaternion();
  const place = (frame, body, result) => result.fromArray(poses, frame * stride + 7 * body);
  const rootAt = seconds => {
    const at = Math.min(last, Math.max(0, seconds * motion.rate)), frame = Math.min(last - 1, Math.floor(at));
    return place(frame, 0, new THREE.Vector3()).lerp(place(frame + 1, 0, to), at - frame);
  };
  // Steps of the body shall not shake the camera: it looks at where the root is on average.
  const focusAt = seconds => {
    const sum = new THREE.Vector3();
    for (let index = -4; index <= 4; index++) sum.add(rootAt(seconds + index / 10));
    return sum.divideScalar(9).setZ(0.85);
  };

  function pose(seconds) {
    const at = Math.min(last, Math.max(0, seconds * motion.rate)), frame = Math.min(last - 1, Math.floor(at)), share = at - frame;
    for (let body = 0; body < bodies; body++) {
      place(frame, body, from);
      place(frame + 1, body, to);
      groups[body].position.copy(from.lerp(to, share));
      groups[body].quaternion.fromArray(poses, frame * stride + 7 * body + 3);
      groups[body].quaternion.slerp(turned.fromArray(poses, (frame + 1) * stride + 7 * body + 3), share);
    }
  }

  let focus = focusAt(0);
  controls.target.copy(focus);
  camera.position.copy(focus).add(new THREE.Vector3(2.6, -2.6, 0.9));

  function show() {
    pose(state.seconds);
    const next = focusAt(state.seconds);
    if (part('follow').checked) {
      camera.position.add(next).sub(focus);
      controls.target.add(next).sub(focus);
    }
    focus = next;
    sun.target.position.copy(focus).setZ(0.4);
    sun.position.copy(sun.target.position).add(sunWay);
    ground.position.set(2 * Math.round(focus.x / 2), 2 * Math.round(focus.y / 2), 0);
    controls.update();
    renderer.render(scene, camera);
    state.stale = false;
    part('scrub').value = state.seconds;
    part('time').textContent = `${state.seconds.toFixed(2)} / ${duration.toFixed(2)} s`;
    part('play').textContent = state.playing ? 'pause' : 'play';
    part('said').textContent = motion.prompts.filter(prompt => prompt.seconds <= state.seconds + 1e-6).at(-1)?.sentence ?? '';
    document.body.dataset.state = 'shown';
    document.body.dataset.seconds = state.seconds.toFixed(3);
  }

  function resize() {
    renderer.setSize(innerWidth, innerHeight);
    camera.aspect = innerWidth / innerHeight;
    camera.updateProjectionMatrix();
    show();
  }

  const goTo = seconds => {
    state.seconds = Math.min(duration, Math.max(0, seconds));
    state.playing = false;
    show();
  };
  const toggle = () => {
    state.playing = !state.playing;
    if (state.playing && state.seconds >= duration) state.seconds = 0;
    show();
  };
  const asked = () => {
    const moment = /[#&]t=([0-9.]+)/.exec(location.hash);
    if (moment) goTo(Number(moment[1]));
  };
  part('scrub').max = duration;
  part('scrub').addEventListener('input', event => goTo(Number(event.target.value)));
  part('play').addEventListener('click', toggle);
  addEventListener('keydown', event => {
    if (event.code === 'Space') toggle();
    else if (event.code === 'ArrowLeft') goTo(state.seconds - 1 / motion.rate);
    else if (event.code === 'ArrowRight') goTo(state.seconds + 1 / motion.rate);
    else return;
    event.preventDefault();
  });
  addEventListener('resize', resize);
  addEventListener('hashchange', asked);
  resize();
  asked();

  let before = performance.now();
  (function frame(now) {
    const passed = Math.max(0, Math.min(0.1, (now - before) / 1000));
    before = now;
    if (state.playing) {
      state.seconds += passed * Number(part('pace').value);
      if (state.seconds >= duration) state.seconds = 0;
    }
    if (state.playing || state.stale) show();
    requestAnimationFrame(frame);
  })(before);
})();
