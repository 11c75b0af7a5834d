import { t } from '@lingui/core/macro'
import { Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Param } from '../../../../contract/control-plane/intent.ts'
import { consumerOf, intentChoices, paramProblem, paramsOf } from './draft.ts'
import type { FieldsProps } from './ScopeFields.tsx'

/** What is to be done with it: the intent, and its parameters by their types. */
export function IntentFields({ known, read, onChange }: Omit<FieldsProps, 'isEdit'>): ReactElement {
  const { draft, intent } = read
  const choices = intentChoices(draft, known.consumers)
  const reasons = new Map(choices.map(({ name, reason }) => [name, reason]))
  const isMissing = draft.intent !== '' && intent === undefined && draft.consumerId !== null
  const nothing = consumerOf(draft, known.consumers)?.intents.length === 0
  return (
    <>
      <Select
        label={t`Intent`}
        placeholder={draft.consumerId === null ? t`Choose a consumer first` : t`What is done with it`}
        description={intent?.description ?? (nothing ? t`This consumer has not said yet what it can do.` : undefined)}
        allowDeselect={false}
        maxDropdownHeight={320}
        data={choices.map(({ name, reason }) => ({ value: name, label: name, disabled: reason !== null }))}
        renderOption={({ option }) => (
          <div>
            <Text size="sm">{option.label}</Text>
            {typeof reasons.get(option.value) === 'string' && (
              <Text size="xs" c="dimmed">
                {reasons.get(option.value)}
              </Text>
            )}
          </div>
        )}
        value={draft.intent || null}
        onChange={(name) => name !== null && onChange({ ...draft, intent: name })}
        error={isMissing ? gapWords(reasons.get(draft.intent)) : undefined}
      />
      <Params read={read} onChange={onChange} />
      <Besides read={read} onChange={onChange} />
    </>
  )
}

function gapWords(reason: string | null | undefined): string {
  return typeof reason === 'string'
    ? t`It would be a gap: ${reason}`
    : t`It would be a gap: the consumer does not offer it.`
}

type PartProps = Pick<FieldsProps, 'read' | 'onChange'>

function Params({ read: { draft, intent }, onChange }: PartProps): ReactElement | null {
  if (intent === undefined) return <StoredParams read={{ draft }} />
  const params = paramsOf(intent)
  if (params.length === 0) return null
  return (
    <fieldset style={{ margin: 0, padding: 0, border: 0 }}>
      <Text component="legend" size="sm" fw={500} mb={4}>{t`Parameters`}</Text>
      <div style={{ display: 'grid', gap: 10, gridTemplateColumns: 'repeat(auto-fill, minmax(190px, 1fr))' }}>
        {params.map(([name, param]) => (
          <ParamField
            key={name}
            name={name}
            param={param}
            text={draft.params[name] ?? ''}
            onChange={(text) => onChange({ ...draft, params: { ...draft.params, [name]: text } })}
          />
        ))}
      </div>
    </fieldset>
  )
}

interface ParamFieldProps {
  readonly name: string
  readonly param: Param
  readonly text: string
  onChange(text: string): void
}

const UNITS: Readonly<Record<Param['type'], string>> = {
  duration: t`a time: 2h 30m`,
  bytes: t`a size: 20Gi`,
  integer: t`a whole number`,
  boolean: t`yes or no`,
  text: t`a text`,
}

function ParamField({ name, param, text, onChange }: ParamFieldProps): ReactElement {
  const usual = param.default === undefined || param.default === null ? null : String(param.default)
  if (param.type === 'boolean')
    return (
      <Select
        label={name}
        description={UNITS.boolean}
        clearable
        placeholder={usual === null ? t`not set` : usual === 'true' ? t`yes (default)` : t`no (default)`}
        data={[
          { value: 'true', label: t`yes` },
          { value: 'false', label: t`no` },
        ]}
        value={text || null}
        onChange={(value) => onChange(value ?? '')}
      />
    )
  return (
    <TextInput
      label={name}
      description={UNITS[param.type]}
      placeholder={usual === null ? t`not set` : t`${usual} (default)`}
      value={text}
      error={paramProblem(param, text)}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
    />
  )
}

/** While nobody says of which types they are, they stay as they were. */
function StoredParams({ read: { draft } }: { readonly read: Pick<PartProps['read'], 'draft'> }): ReactElement | null {
  const stored = Object.entries(draft.stored).filter(([, value]) => value !== null)
  if (stored.length === 0) return null
  return (
    <Stack gap={2}>
      <Text size="sm" fw={500}>{t`Parameters`}</Text>
      <Text size="sm" ff="monospace">
        {stored.map(([name, value]) => `${name} = ${value}`).join(', ')}
      </Text>
      <Text size="xs" c="dimmed">{t`They stay as they are while the consumer does not say what they mean.`}</Text>
    </Stack>
  )
}

/** What only some intents can do. */
function Besides({ read: { draft, intent }, onChange }: PartProps): ReactElement | null {
  const can = (tag: string): boolean => intent?.semantics.includes(tag) === true
  if (!can('redact') && !can('reporting-schema') && !can('migrate')) return null
  const publishObstacle = draft.redacts
    ? t`Not together with masking.`
    : draft.machineId === null
      ? undefined
      : t`Only for all machines of a group.`
  return (
    <Group gap="lg" align="flex-start">
      {can('redact') && (
        <Checkbox
          label={t`Mask personal data`}
          checked={draft.redacts}
          onChange={(event) => onChange({ ...draft, redacts: event.currentTarget.checked })}
        />
      )}
      {can('reporting-schema') && (
        <Checkbox
          label={t`Publish schemas for reports`}
          description={publishObstacle}
          disabled={publishObstacle !== undefined}
          checked={draft.publishesSchemas && publishObstacle === undefined}
          onChange={(event) => onChange({ ...draft, publishesSchemas: event.currentTarget.checked })}
        />
      )}
      {can('migrate') && (
        <Checkbox
          label={t`Try migrations only on request`}
          checked={draft.migratesOnRequest}
          onChange={(event) => onChange({ ...draft, migratesOnRequest: event.currentTarget.checked })}
        />
      )}
    </Group>
  )
}
