import { t } from '@lingui/core/macro'
import { List, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { DangerForm } from '../../components/DangerForm.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'

/** Forget a host, once its name was typed: what is forgotten and what stays is said before. */
export function RemoveHost({ host }: { readonly host: HostView }): ReactElement {
  const client = useClient()
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: (typed: string) => client.hosts.remove({ hostId: host.id, typed }),
    onSuccess: () => void navigate({ to: '/' }),
  })
  return (
    <>
      <DangerForm
        nameOf={t`The name of the host.`}
        name={host.name}
        confirm={t`Remove ${host.name}`}
        pending={remove.isPending}
        onConfirm={(typed) => remove.mutate(typed)}
      >
        <Text size="sm">{t`This console forgets the host, its labels, and the listings that it kept of it.`}</Text>
        <List size="sm" mt="xs" spacing={4}>
          <List.Item>{t`Its repositories and their snapshots stay as they are, and so does the audit.`}</List.Item>
          <List.Item>{t`Its agent is not touched: it keeps running, with the passwords that it was given.`}</List.Item>
          <List.Item>
            {host.door.kind === 'ssh'
              ? t`Whoever may log in there still can.`
              : t`It still knows this console. To end that, run “restore-agent peers revoke” on the host.`}
          </List.Item>
        </List>
      </DangerForm>
      {remove.isError && <ErrorState description={describeError(remove.error)} />}
    </>
  )
}
