// What every build of the window needs, the product's, the gallery's and the tests'.
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin'
import babel from '@rolldown/plugin-babel'
import react from '@vitejs/plugin-react'

// It recommends a native transform which npm does not install under Node 20, with which the set-up begins.
process.env['LINGUI_SUPPRESS_BABEL_WARNING'] = '1'

/** React, and the sentences: macros become messages, and a catalogue can be imported. */
export function windowPlugins() {
  return [react(), ...sentences()]
}

/** For tests of the window's code without React. The messages stay in the code, for where a translation is missing. */
export function sentences() {
  const cwd = new URL('..', import.meta.url).pathname
  return [lingui({ cwd }), babel({ presets: [linguiTransformerBabelPreset({ descriptorFields: 'message' }, { cwd })] })]
}
