import { t } from '@lingui/core/macro'
import { Button, Group, Popover, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { CancelInput, Run } from '../../../contract/shapes/run.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { useKeys } from '../../components/keys.tsx'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { afterPart, canEndBetween, endedNow, whyNotCancelled } from './cancel-words.ts'
import classes from './Run.module.css'

export interface CancelRunProps {
  readonly hostId: string
  readonly run: Run
}

/**
 * End a run that goes on: after the part that it is at, where there are several, or now. What is left on the disk is
 * said before. `now` answers when restic has really ended.
 */
export function CancelRun({ hostId, run }: CancelRunProps): ReactElement {
  const client = useClient()
  const [opened, setOpened] = useState(false)
  const [endsSoon, setEndsSoon] = useState(false)
  const cancel = useMutation({
    mutationFn: (when: CancelInput['when']) => client.runs.cancel({ hostId, runId: run.id, when }),
    onSuccess: (_, when) => setEndsSoon(when === 'between'),
    onError: (error) => {
      const { title, explanation, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: `${explanation} ${nextStep}`, autoClose: false })
    },
  })
  const obstacle = whyNotCancelled(useHost(hostId))
  useKeys(obstacle === null ? [{ keys: 'c', does: 'cancel', label: t`cancel`, run: () => setOpened(true) }] : [])
  const end = (when: CancelInput['when']): void => {
    setOpened(false)
    cancel.mutate(when)
  }
  if (obstacle !== null)
    return (
      <ObstructedButton
        variant="outline"
        color="red"
        obstacle={obstacle}
        onClick={() => undefined}
      >{t`Cancel…`}</ObstructedButton>
    )
  return (
    <Group gap="xs">
      {endsSoon && <Text c="dimmed" role="status">{t`It ends after the current part.`}</Text>}
      <Popover opened={opened} onChange={setOpened} trapFocus returnFocus withRoles position="bottom-end" width={380}>
        <Popover.Target>
          <Button
            variant="outline"
            color="red"
            loading={cancel.isPending}
            onClick={() => setOpened(!opened)}
          >{t`Cancel…`}</Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t`Cancel the run`}>
          <Choices run={run} between={canEndBetween(run) && !endsSoon} onEnd={end} onKeep={() => setOpened(false)} />
        </Popover.Dropdown>
      </Popover>
    </Group>
  )
}

interface ChoicesProps {
  readonly run: Run
  readonly between: boolean
  onEnd(when: CancelInput['when']): void
  onKeep(): void
}

function Choices({ run, between, onEnd, onKeep }: ChoicesProps): ReactElement {
  return (
    <>
      {between && (
        <>
          <Text size="sm">{afterPart(run)}</Text>
          <Button variant="default" mt="xs" onClick={() => onEnd('between')}>{t`Cancel after the current part`}</Button>
        </>
      )}
      <div className={between ? classes['choice'] : undefined}>
        <Text size="sm">{endedNow(run)}</Text>
        <Group gap="xs" mt="xs">
          <Button color="red" variant="outline" onClick={() => onEnd('now')}>{t`Cancel now`}</Button>
          <Button variant="default" ml="auto" onClick={onKeep}>{t`Let it run`}</Button>
        </Group>
      </div>
    </>
  )
}
