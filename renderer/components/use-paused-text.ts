import { useEffect, useEffectEvent, useState } from 'react'

/** How long one pauses before what was typed counts. */
const PAUSE_MILLISECONDS = 250

export interface PausedTextOptions {
  /** What counts now. */
  readonly text: string
  /** Shorter text waits for `commit`. */
  readonly leastCharacters?: number
  onCommit(text: string): void
}

export interface PausedText {
  readonly typed: string
  type(text: string): void
  /** What was typed counts now, without waiting for a pause. */
  commit(): void
}

/** Text that counts once one pauses in typing it. */
export function usePausedText({ text, leastCharacters = 1, onCommit }: PausedTextOptions): PausedText {
  const [typed, setTyped] = useState(text)
  const [seen, setSeen] = useState(text)
  const [sent, setSent] = useState(text)
  if (seen !== text) {
    setSeen(text)
    // Another address was gone to. What was sent from here comes back too, when one may have typed on.
    if (text !== sent) {
      setSent(text)
      setTyped(text)
    }
  }
  const send = (): void => {
    setSent(typed)
    onCommit(typed)
  }
  const sendAfterPause = useEffectEvent(() => {
    if (typed !== text) send()
  })
  useEffect(() => {
    if (typed.length > 0 && typed.length < leastCharacters) return
    const timer = setTimeout(sendAfterPause, PAUSE_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [typed, leastCharacters])
  return { typed, type: setTyped, commit: send }
}
