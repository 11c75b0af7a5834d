/**
 * What a stack holds, as something to dispose of. Whoever disposes of it again waits until all is released, and is told of the
 * same failure; of a stack itself they would hear at once that it is done, while the first still waits.
 */
export function disposedOnce(stack: AsyncDisposableStack): AsyncDisposable {
  let disposed: Promise<void> | undefined
  return {
    [Symbol.asyncDispose]: () => (disposed ??= stack.disposeAsync()),
  }
}
