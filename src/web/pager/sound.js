// What the pager sounds like. A browser lets a page make sound only after a gesture, and some not even then.
// biome-ignore-all lint/correctness/noUnusedVariables: one script with pager.js, in which they are used

/**
 * How each urgency sounds, the most urgent first: tones in Hz, one after the other, then so long a pause. `times` ends a
 * ringing by itself.
 */
const SOUNDS = {
  emergency: { tones: [960, 770, 960, 770], pauseMs: 400 },
  urgent: { tones: [880, 660], pauseMs: 1800 },
  test: { tones: [660, 880], pauseMs: 1800 },
  routine: { tones: [660], pauseMs: 3000, times: 3 },
};
const TONE_MS = 250;
/** Nobody can be paged here: deep, rough and long, so that nobody takes it for a page. */
const TROUBLE = { tones: [220, 165], toneMs: 600, shape: 'sawtooth' };

let audio;
let ringing;

/** Resolves once the browser has let it sound, or has not. */
async function unlockSound() {
  const Audio = window.AudioContext ?? window.webkitAudioContext;
  if (Audio !== undefined) {
    audio ??= new Audio();
    audio.onstatechange = showSound;
    // A browser that blocks sound may never answer.
    await Promise.race([audio.resume().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    play([660]);
  }
  navigator.vibrate?.(100);
  showSound();
}

function canSound() {
  return audio?.state === 'running';
}

function showSound() {
  document.querySelector('main').dataset.sound = canSound() ? 'on' : 'blocked';
}

/** Rings as this urgency asks for, until it is stopped. */
function ring(urgency) {
  stopRinging();
  const { tones, pauseMs, times = Number.POSITIVE_INFINITY } = SOUNDS[urgency] ?? SOUNDS.urgent;
  let rung = 0;
  const once = () => {
    rung += 1;
    play(tones);
    navigator.vibrate?.(tones.flatMap(() => [TONE_MS - 50, 50]));
    if (rung < times) ringing = setTimeout(once, tones.length * TONE_MS + pauseMs);
  };
  once();
}

function stopRinging() {
  clearTimeout(ringing);
  navigator.vibrate?.(0);
}

function soundTrouble() {
  const { tones, toneMs, shape } = TROUBLE;
  play(tones, toneMs, shape);
  navigator.vibrate?.(tones.flatMap(() => [toneMs - 100, 100]));
}

function play(tones, toneMs = TONE_MS, shape = 'square') {
  if (!canSound()) return;
  for (const [index, hertz] of tones.entries())
    tone(audio.currentTime + (index * toneMs) / 1_000, hertz, toneMs, shape);
}

function tone(at, hertz, toneMs, shape) {
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.type = shape;
  oscillator.frequency.value = hertz;
  volume.gain.setValueAtTime(0.4, at);
  volume.gain.setValueAtTime(0, at + toneMs / 1_000 - 0.02);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + toneMs / 1_000);
}
