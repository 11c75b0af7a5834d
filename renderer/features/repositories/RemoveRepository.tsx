import { t } from '@lingui/core/macro'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ConfirmButton } from '../../components/ConfirmButton.tsx'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'

export interface RemoveRepositoryProps {
  readonly hostId: string
  readonly repository: RepositoryView
  /** Why it cannot be removed now; null while it can. */
  readonly obstacle: string | null
}

/** Forget a repository: what is forgotten and what is left is said before. */
export function RemoveRepository({ hostId, repository, obstacle }: RemoveRepositoryProps): ReactElement {
  const client = useClient()
  const remove = useMutation({
    mutationFn: () => client.repositories.remove({ hostId, repositoryId: repository.id }),
    onError: (error) => {
      const { title, explanation, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: `${explanation} ${nextStep}`, autoClose: false })
    },
  })
  if (obstacle !== null)
    return (
      <ObstructedButton variant="default" obstacle={obstacle} onClick={() => undefined}>{t`Remove…`}</ObstructedButton>
    )
  return (
    <ConfirmButton
      variant="default"
      loading={remove.isPending}
      question={t`The console forgets the address and the passwords of “${{ repository: repository.name }}”. The repository itself, with all its snapshots, is left as it is, and so is the audit.`}
      confirm={t`Remove it`}
      onConfirm={() => remove.mutate()}
    >{t`Remove…`}</ConfirmButton>
  )
}
