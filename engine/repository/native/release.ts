/** Below it a buffer may share its memory with others, as Node's small ones do. */
const LARGE = 256 * 1024

/**
 * Give back the memory of a large buffer that nobody reads any more, at once: the collector sees a small object and comes
 * when a few hundred megabytes of them have gathered. The buffer is empty afterwards.
 */
export function release({ buffer }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= LARGE) buffer.transfer(0)
}
