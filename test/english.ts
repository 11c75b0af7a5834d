// The window's sentences stand in constants of its modules: a language is spoken before a test imports one.
import { i18n } from '@lingui/core'

i18n.load('en', {})
i18n.activate('en', 'en-GB')
