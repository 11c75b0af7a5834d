import { t } from '@lingui/core/macro'
import { Button, Switch } from '@mantine/core'
import type { ReactElement } from 'react'
import { InTurn } from '../../components/InTurn.tsx'
import type { KeyCommand } from '../../components/key-bindings.ts'
import { Page } from '../../components/Page.tsx'
import { changePreferences, usePreference } from '../../components/preferences.ts'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { NoticeSettings } from '../notices/index.ts'
import { AppearanceSection } from './AppearanceSection.tsx'
import { DefaultTargetsSection } from './DefaultTargetsSection.tsx'
import { KeptSection } from './KeptSection.tsx'
import { KeyList } from './KeyList.tsx'
import { LinkTimesSection } from './LinkTimesSection.tsx'
import classes from './Settings.module.css'
import { UpdatesSection } from './UpdatesSection.tsx'

export interface SettingsPageProps {
  /** Everything that has keys. */
  readonly commands: readonly KeyCommand[]
}

/** How somebody wants the console, what it tells, and where it keeps what it knows. */
export function SettingsPage({ commands }: SettingsPageProps): ReactElement {
  useTrail([{ label: t`Settings` }])
  const masked = usePreference('masked')
  const isCustom = Object.keys(usePreference('keys')).length > 0
  return (
    <Page title={t`Settings`}>
      <div className={classes['page']}>
        <SectionCard>
          <InTurn>
            <AppearanceSection />
            <Section title={t`Privacy`}>
              <Switch
                size="xs"
                label={t`Mask host names and paths`}
                description={t`For screen sharing: hosts, people, groups, machines, consumers, control planes, repositories, labels and workspaces are shown under other names, and paths only by their shape. What you type or must type, file contents and exports stay as they are.`}
                checked={masked}
                onChange={(event) => changePreferences({ masked: event.currentTarget.checked })}
              />
            </Section>
            <Section title={t`Notifications`}>
              <NoticeSettings />
            </Section>
            <DefaultTargetsSection />
            <LinkTimesSection />
            <UpdatesSection />
            <KeptSection />
            <Section
              id="keys"
              title={t`Keys`}
              aside={
                isCustom && (
                  <Button
                    variant="default"
                    size="compact-sm"
                    onClick={() => changePreferences({ keys: {} })}
                  >{t`The usual keys for all`}</Button>
                )
              }
            >
              <KeyList label={t`All keys`} commands={commands} all={commands} withPages />
            </Section>
          </InTurn>
        </SectionCard>
      </div>
    </Page>
  )
}
