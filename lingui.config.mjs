// Where the sentences of the window are, and where their catalogue is kept: see renderer/language/README.md.
import { formatter } from '@lingui/format-po'

/** @type {import('@lingui/conf').LinguiConfig} */
export default {
  sourceLocale: 'en',
  locales: ['en', 'de'],
  catalogs: [
    {
      path: '<rootDir>/renderer/language/{locale}',
      include: ['<rootDir>/renderer'],
      exclude: ['<rootDir>/renderer/gallery/**', '**/*.test.*'],
    },
  ],
  // The file a sentence stands in, without its line: else every change of a file would change the catalogue.
  format: formatter({ lineNumbers: false }),
  runtimeConfigModule: { Trans: ['#language/trans', 'Trans'] },
}
