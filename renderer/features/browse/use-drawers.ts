import { useState } from 'react'

/** A file of some snapshot that is looked into. */
export interface Previewed {
  readonly snapshotId: string
  readonly path: string
  /** Bytes of the whole file. */
  readonly size: number
}

/** A drawer's subject stays while it closes: it would be empty on its way out. */
interface Drawn<T> {
  readonly subject: T
  readonly opened: boolean
}

/** What the drawers over the tree show. A preview may lie above the versions, which stay as they were. */
export interface Drawers {
  /** The path whose versions are shown. */
  readonly versions: Drawn<string> | null
  readonly preview: Drawn<Previewed> | null
  showVersions(path: string): void
  showPreview(previewed: Previewed): void
  closeVersions(): unknown
  closePreview(): void
}

/** Opens and closes the drawers; each gives the keyboard back to what had it before. */
export function useDrawers(): Drawers {
  const [versions, setVersions] = useState<Drawn<string> | null>(null)
  const [preview, setPreview] = useState<Drawn<Previewed> | null>(null)
  return {
    versions,
    preview,
    showVersions: (subject) => setVersions({ subject, opened: true }),
    showPreview: (subject) => setPreview({ subject, opened: true }),
    // Escape reaches both when a preview lies above the versions, and is meant for the upper one.
    closeVersions: () => preview?.opened !== true && setVersions(closed),
    closePreview: () => setPreview(closed),
  }
}

function closed<T>(drawn: Drawn<T> | null): Drawn<T> | null {
  return drawn === null ? null : { ...drawn, opened: false }
}
