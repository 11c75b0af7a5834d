/** A handler's signal; one that never aborts where the transport gave none. */
export function signalOf(options: { readonly signal?: AbortSignal | undefined }): AbortSignal {
  return options.signal ?? neverAborted()
}

/** For what was dispatched: it is not called back when its asker leaves. */
export function neverAborted(): AbortSignal {
  return new AbortController().signal
}

/** Waits for whatever comes first; the others are told to wait no longer, and do not when this ends. Rejects as the first does. */
export async function firstOf(
  signal: AbortSignal,
  wait: (either: AbortSignal) => readonly Promise<unknown>[],
): Promise<void> {
  const turn = new AbortController()
  const news = wait(AbortSignal.any([signal, turn.signal]))
  try {
    await Promise.race(news)
  } finally {
    turn.abort()
    await Promise.allSettled(news)
  }
}
