import { Drawer } from '@mantine/core'
import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'

/** A snapshot as a span of versions names it. */
export interface VersionSnapshot {
  readonly id: string
  readonly treeId: string
}

export interface VersionsDrawerProps {
  /** The snapshot that is looked at: the versions are those of its machine. */
  readonly place: { readonly hostId: string; readonly repositoryId: string; readonly snapshotId: string }
  /** In the snapshot, with a slash first. */
  readonly path: string
  readonly opened: boolean
  onClose(): void
  onShow(snapshot: VersionSnapshot, path: string): void
  onPreview(snapshotId: string, path: string): void
  onRestore(snapshot: VersionSnapshot, path: string): void
}

/** What became of a file or folder: only the snapshots in which it changed, newest first. */
export function VersionsDrawer({ path, opened, onClose }: VersionsDrawerProps): ReactElement {
  return <Drawer opened={opened} onClose={onClose} title={`Versions of ${showFileName(path)}`} />
}
