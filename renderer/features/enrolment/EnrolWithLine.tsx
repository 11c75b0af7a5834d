import { t } from '@lingui/core/macro'
import { Anchor, Button, Collapse, Group, Stack, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { writeEnrolment } from '../../../contract/shapes/enrolment.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { readPasted } from './enrolment-line.ts'
import { HostNameField } from './HostNameField.tsx'
import { InstallSteps } from './InstallSteps.tsx'
import { TrustFacts } from './TrustFacts.tsx'

export interface EnrolWayProps {
  onDone(host: HostView): void
}

/** Paste the line, read what it makes one trust, and enrol. Nothing is sent anywhere before the button is pressed. */
export function EnrolWithLine({ onDone }: EnrolWayProps): ReactElement {
  const client = useClient()
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const pasted = readPasted(text)
  const enrol = useMutation({
    mutationFn: (line: string) => client.hosts.enrol({ line, name: name.trim() }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (pasted.state === 'whole' && !enrol.isPending) enrol.mutate(writeEnrolment(pasted.enrolment))
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <LineField
          text={text}
          problem={pasted.state === 'problem' ? pasted.problem : null}
          onChange={(next) => {
            enrol.reset()
            setText(next)
          }}
        />
        {enrol.isError && <ErrorState description={describeError(enrol.error)} />}
        {pasted.state === 'whole' ? (
          <>
            <TrustFacts enrolment={pasted.enrolment} />
            <HostNameField value={name} onChange={setName} />
          </>
        ) : (
          <WhereFrom />
        )}
        <Group>
          <Button type="submit" disabled={pasted.state !== 'whole'} loading={enrol.isPending}>{t`Enrol`}</Button>
        </Group>
      </Stack>
    </form>
  )
}

interface LineFieldProps {
  readonly text: string
  readonly problem: string | null
  onChange(text: string): void
}

function LineField({ text, problem, onChange }: LineFieldProps): ReactElement {
  return (
    <Textarea
      label={t`Line`}
      description={t`What “restore-agent enrol” printed on the host. It is good once, and for a short while.`}
      placeholder="restore-agent://db-01.example:7420/?key=…"
      rows={4}
      value={text}
      error={problem}
      onChange={(event) => onChange(event.currentTarget.value)}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontVariantLigatures: 'none' } }}
      spellCheck={false}
      autoComplete="off"
      data-autofocus
    />
  )
}

function WhereFrom(): ReactElement {
  const [explained, setExplained] = useState(false)
  return (
    <div>
      <Anchor
        component="button"
        type="button"
        size="sm"
        aria-expanded={explained}
        onClick={() => setExplained(!explained)}
      >{t`Where does that line come from?`}</Anchor>
      <Collapse expanded={explained}>
        <InstallSteps />
      </Collapse>
    </div>
  )
}
