import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Drawer, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { baseName } from '../../../contract/shapes/file-name.ts'
import { FileName } from '../../components/FileName.tsx'
import classes from './Versions.module.css'
import { VersionsOf } from './VersionsOf.tsx'
import type { VersionSnapshot } from './version-rows.ts'

export interface VersionsDrawerProps {
  /** The snapshot that is looked at: the versions are those of its machine. */
  readonly place: { readonly hostId: string; readonly repositoryId: string; readonly snapshotId: string }
  /** In the snapshot, with a slash first. */
  readonly path: string
  readonly opened: boolean
  onClose(): void
  onShow(snapshot: VersionSnapshot, path: string): void
  /** `size` is that of the whole file, in bytes. */
  onPreview(snapshotId: string, path: string, size: number): void
  onAdd(snapshot: VersionSnapshot, path: string): void
  onRestore(snapshot: VersionSnapshot, path: string): void
}

/** What became of a file or folder: only the snapshots in which it changed, newest first. */
export function VersionsDrawer({ opened, ...props }: VersionsDrawerProps): ReactElement {
  const { path, onClose } = props
  const parent = path.slice(0, path.lastIndexOf('/')) || '/'
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size={500}
      title={
        <>
          <Text fw={650}>
            <Trans>
              Versions of <FileName name={baseName(path)} plain />
            </Trans>
          </Text>
          <Text size="xs" c="dimmed">
            <Trans>
              in <FileName name={parent} />
            </Trans>
          </Text>
        </>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
      classNames={{ content: classes['drawer'] ?? '', body: classes['body'] ?? '', title: classes['title'] ?? '' }}
      // The page below has keys of its own.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <VersionsOf {...props} />
    </Drawer>
  )
}
