import { Drawer } from '@mantine/core'
import type { ReactElement } from 'react'
import { baseName } from '../../../contract/shapes/file-name.ts'
import { FileName } from '../../components/FileName.tsx'

export interface PreviewDrawerProps {
  /** The snapshot that the file is looked at in. */
  readonly place: { readonly hostId: string; readonly repositoryId: string; readonly snapshotId: string }
  /** In the snapshot, with a slash first. */
  readonly path: string
  /** Bytes of the whole file. */
  readonly size: number
  readonly opened: boolean
  onClose(): void
}

/** What is in a file, without restoring it. */
export function PreviewDrawer({ path, opened, onClose }: PreviewDrawerProps): ReactElement {
  return <Drawer opened={opened} onClose={onClose} title={<FileName name={baseName(path)} plain />} />
}
