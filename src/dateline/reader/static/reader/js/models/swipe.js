// Which way a finger went.

const FAR = 48; // pixels that tell a swipe from a tap

/**
 * Return 1 for a swipe to the next, -1 to the one before, 0 for none.
 * @param {{ clientX: number, clientY: number, pointerType?: string } | null} from
 * @param {{ clientX: number, clientY: number }} to
 * @param {boolean} isRtl
 */
export function wayOf(from, to, isRtl) {
  if (!from || from.pointerType === "mouse") return 0;
  const across = to.clientX - from.clientX;
  if (Math.abs(across) < FAR || Math.abs(across) < 2 * Math.abs(to.clientY - from.clientY)) return 0;
  return across < 0 === isRtl ? -1 : 1;
}
