import { t } from '@lingui/core/macro'
import { type MantineColorScheme, SegmentedControl, Stack, Switch, Text, useMantineColorScheme } from '@mantine/core'
import { type ReactElement, type ReactNode, useId } from 'react'
import { changePreferences, type Preferences, usePreference } from '../../components/preferences.ts'
import { Section } from '../../components/SectionCard.tsx'
import { chooseLanguage } from '../../language/choose-language.ts'
import { LANGUAGES } from '../../language/languages.ts'

const SCHEMES: readonly { readonly value: MantineColorScheme; readonly label: string }[] = [
  { value: 'light', label: t`Light` },
  { value: 'dark', label: t`Dark` },
  { value: 'auto', label: t`As the system` },
]
const SPOKEN: readonly { readonly value: Preferences['language']; readonly label: ReactNode }[] = [
  { value: 'system', label: t`As the system` },
  { value: 'en', label: <span lang="en">{LANGUAGES.en}</span> },
  { value: 'de', label: <span lang="de">{LANGUAGES.de}</span> },
]
const SIZES = [90, 100, 110, 125, 150]

/** How the console looks on this computer. What is chosen is seen at once. */
export function AppearanceSection(): ReactElement {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const density = usePreference('density')
  const fontSize = usePreference('fontSize')
  const contrast = usePreference('contrast')
  return (
    <Section title={t`Appearance`}>
      <Stack gap="md" align="flex-start">
        <LanguageChoice />
        <Choice label={t`Colours`}>
          {(id) => (
            <SegmentedControl
              aria-labelledby={id}
              data={[...SCHEMES]}
              value={colorScheme}
              onChange={(value) => setColorScheme(SCHEMES.find((one) => one.value === value)?.value ?? 'auto')}
            />
          )}
        </Choice>
        <Switch
          size="xs"
          label={t`High contrast`}
          description={t`Stronger lines and text. When off, as the operating system asks.`}
          checked={contrast === 'more'}
          onChange={(event) => changePreferences({ contrast: event.currentTarget.checked ? 'more' : 'system' })}
        />
        <Choice label={t`Rows`}>
          {(id) => (
            <SegmentedControl
              aria-labelledby={id}
              data={[
                { value: 'dense', label: t`Dense` },
                { value: 'roomy', label: t`Roomy` },
              ]}
              value={density}
              onChange={(value) => changePreferences({ density: value === 'roomy' ? 'roomy' : 'dense' })}
            />
          )}
        </Choice>
        <Choice label={t`Size of text`}>
          {(id) => (
            <SegmentedControl
              aria-labelledby={id}
              data={SIZES.map((size) => ({ value: String(size), label: `${size} %` }))}
              value={String(fontSize)}
              onChange={(value) => changePreferences({ fontSize: Number(value) })}
            />
          )}
        </Choice>
      </Stack>
    </Section>
  )
}

function LanguageChoice(): ReactElement {
  const language = usePreference('language')
  return (
    <Choice label={t`Language`}>
      {(id) => (
        <SegmentedControl
          aria-labelledby={id}
          data={[...SPOKEN]}
          value={language}
          onChange={(value) => chooseLanguage(SPOKEN.find((one) => one.value === value)?.value ?? 'system')}
        />
      )}
    </Choice>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly children: (id: string) => ReactNode
}

function Choice({ label, children }: ChoiceProps): ReactElement {
  const id = useId()
  return (
    <div>
      <Text id={id} mb={4}>
        {label}
      </Text>
      {children(id)}
    </div>
  )
}
