/** A handler's signal; one that never aborts where the transport gave none. */
export function signalOf(options: { readonly signal?: AbortSignal | undefined }): AbortSignal {
  return options.signal ?? neverAborted()
}

/** For what was dispatched: it is not called back when its asker leaves. */
export function neverAborted(): AbortSignal {
  return new AbortController().signal
}
