import { t } from '@lingui/core/macro'
import { Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactElement } from 'react'
import { isFault } from '../../../contract/errors.ts'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { BusyNotice } from '../runs/index.ts'
import { BackupDrawer } from './BackupDrawer.tsx'
import { useStartRun } from './use-start-run.ts'

export interface BackUpNowProps {
  readonly hostId: string
  readonly repository: RepositoryView
  /** Why nothing can be backed up now; null while it can. */
  readonly obstacle: string | null
}

/** Back up what was chosen for this repository, and go to the run; where nothing was, choose first. */
export function BackUpNow({ hostId, repository, obstacle }: BackUpNowProps): ReactElement {
  const client = useClient()
  const [choosing, drawer] = useDisclosure(false)
  const start = useStartRun(hostId, (requestKey) =>
    client.repositories.backUp({ hostId, repositoryId: repository.id, requestKey }),
  )
  const press = (): void => {
    if (repository.backup === null) drawer.open()
    else if (!start.isPending) start.mutate(undefined)
  }
  return (
    <>
      <ObstructedButton variant="default" obstacle={obstacle} loading={start.isPending} onClick={press}>
        {repository.backup === null ? t`Back up…` : t`Back up now`}
      </ObstructedButton>
      <BackupDrawer hostId={hostId} repository={repository} opened={choosing} onClose={drawer.close} />
      <Modal
        opened={start.isError}
        onClose={start.reset}
        title={<Text fw={650}>{t`The backup was not started`}</Text>}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        {isFault(start.error, 'host_busy') ? (
          <BusyNotice hostId={hostId} fault={start.error} />
        ) : (
          <ErrorState description={describeError(start.error)} />
        )}
      </Modal>
    </>
  )
}
