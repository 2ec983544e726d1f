// The jest transform: blanks out the types, so lines and columns stay as they are in the source.
const {stripTypeScriptTypes} = require('node:module')

module.exports = {
  process: (source) => ({code: stripTypeScriptTypes(source, {mode: 'strip'})}),
}
