import { useEffect, useEffectEvent } from 'react'
import { isFault } from '../../../contract/errors.ts'
import type { TreeStore } from '../../components/tree/tree-store.ts'

export interface ReadingOptions {
  readonly tree: TreeStore
  /** Nothing can be asked of the repository now. */
  readonly isAway: boolean
  /** A directory could not be read because nobody answers, though it seemed that somebody would. */
  onUnreachable(): void
}

/** Reads a snapshot's root, and what could not be read as soon as somebody answers again. What fails the tree shows itself. */
export function useReading({ tree, isAway, onUnreachable }: ReadingOptions): void {
  useEffect(() => void tree.start(), [tree])
  useEffect(() => {
    if (!isAway) void tree.retryFailed()
  }, [tree, isAway])
  const isSurprised = !isAway && [...tree.errors].some((error) => isFault(error, 'unreachable'))
  const tell = useEffectEvent(onUnreachable)
  useEffect(() => {
    if (isSurprised) tell()
  }, [isSurprised])
}
