import { t } from '@lingui/core/macro'
import { Button, Group, Radio, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { type Workspace, type WorkspaceColor, workspaceColorSchema } from '../../../contract/shapes/workspace.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { ColorMark } from './ColorMark.tsx'
import classes from './Workspaces.module.css'

export type WorkspaceLooks = Pick<Workspace, 'name' | 'color'>

export interface WorkspaceFormProps {
  readonly initial: WorkspaceLooks
  /** What the button does: `Make it`. */
  readonly submit: string
  readonly pending: boolean
  readonly error: Error | null
  onSubmit(looks: WorkspaceLooks): void
}

const COLORS: Readonly<Record<WorkspaceColor, string>> = {
  teal: t`teal`,
  blue: t`blue`,
  violet: t`violet`,
  plum: t`plum`,
  red: t`red`,
  orange: t`orange`,
  olive: t`olive`,
  slate: t`slate`,
}

/** What a workspace is called and its colour. */
export function WorkspaceForm({ initial, submit, pending, error, onSubmit }: WorkspaceFormProps): ReactElement {
  const [name, setName] = useState(initial.name)
  const [color, setColor] = useState<WorkspaceColor>(initial.color)
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (name.trim() !== '' && !pending) onSubmit({ name: name.trim(), color })
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <TextInput
          label={t`Name`}
          description={t`As your agents call it, where they name one: “restore-agent enrol --workspace NAME”.`}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Radio.Group
          label={t`Colour`}
          description={t`It is shown along the top of the window and around a restore in place.`}
          size="xs"
          value={color}
          onChange={(value) => setColor(workspaceColorSchema.parse(value))}
        >
          <div className={classes['swatches']}>
            {workspaceColorSchema.options.map((one) => (
              <Radio
                key={one}
                size="xs"
                value={one}
                label={
                  <>
                    <ColorMark color={one} />
                    {COLORS[one]}
                  </>
                }
              />
            ))}
          </div>
        </Radio.Group>
        {error !== null && <ErrorState description={describeError(error)} />}
        <Group justify="flex-end">
          <Button type="submit" disabled={name.trim() === ''} loading={pending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
