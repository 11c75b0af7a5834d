import { t } from '@lingui/core/macro'
import { Button, CopyButton, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { FileName } from '../../components/FileName.tsx'

export interface RunFolderProps {
  readonly hostId: string
  readonly runId: string
  readonly path: string
}

/** The folder that a restore wrote to, to be copied, and to be opened where it is on this computer. */
export function RunFolder({ hostId, runId, path }: RunFolderProps): ReactElement {
  const client = useClient()
  const host = useHost(hostId)
  const system = useQuery({ queryKey: ['system'], queryFn: ({ signal }) => client.system.info(undefined, { signal }) })
  const open = useMutation({
    mutationFn: () => client.system.openRunFolder({ runId }),
    onError: (error) => {
      const { title, explanation, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: `${explanation} ${nextStep}` })
    },
  })
  const opens = host?.local === true && system.data?.capabilities.openFolder === true
  return (
    <Group gap="xs">
      <FileName name={path} />
      <CopyButton value={showFileName(path)}>
        {({ copied, copy }) => (
          <Button variant="default" size="compact-xs" onClick={copy}>
            {copied ? t`Copied` : t`Copy`}
          </Button>
        )}
      </CopyButton>
      {opens && (
        <Button
          variant="default"
          size="compact-xs"
          loading={open.isPending}
          onClick={() => open.mutate()}
        >{t`Open folder`}</Button>
      )}
    </Group>
  )
}
