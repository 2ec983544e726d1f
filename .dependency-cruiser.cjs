// The import map of the house (docs/ARCHITECTURE.md), one line a room: who may import whom. It runs over dist/, after the build.
const rooms = {
  'lib/model': [],
  'lib/errors': [],
  'lib/plan': ['model', 'errors'],
  'lib/files': ['errors'],
  'lib/http': ['model', 'errors'],
  'lib/xml': ['model', 'errors'],
  'lib/certificates': ['files', 'model', 'errors'],
  'lib/profiles': ['files', 'http', 'errors'],
  'lib/graph': ['http', 'model', 'errors'],
  'lib/directory-client': ['http', 'model', 'errors'],
  'lib/directory': ['saml', 'xml', 'certificates', 'files', 'model', 'errors'],
  'lib/saml': ['xml', 'certificates', 'model', 'errors'],
  'lib/relying-party': ['saml', 'xml', 'certificates', 'files', 'http', 'model', 'errors'],
  'lib/administration': ['graph', 'directory-client', 'plan', 'model', 'errors'],
  'lib/federation': [
    'graph',
    'directory-client',
    'relying-party',
    'saml',
    'certificates',
    'plan',
    'files',
    'model',
    'errors',
  ],
}

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room} knows only: ${allowed.join(', ') || 'nothing'}`,
  severity: 'error',
  from: {path: `^dist/${room}/`},
  to: {path: '^dist/', pathNot: [`^dist/${room}/`, ...allowed.map((name) => `^dist/lib/${name}/`)]},
}))

module.exports = {
  forbidden: [
    ...roomRules,
    {name: 'no cycles', severity: 'error', from: {}, to: {circular: true}},
    {
      name: 'lib never meets the terminal',
      severity: 'error',
      from: {path: '^dist/lib/'},
      to: {
        path: [
          'node_modules/(@oclif|inquirer|@inquirer|cli-table3)/',
          '^(node:)?(readline|tty)$',
          '^dist/(cli|commands)/',
        ],
      },
    },
    {
      name: 'only the composition root opens a directory',
      severity: 'error',
      from: {path: '^dist/', pathNot: ['^dist/lib/directory/', '^dist/cli/process-parts']},
      to: {path: '^dist/lib/directory/'},
    },
    {
      name: 'commands know cli and lib, never the composition root or rendering',
      severity: 'error',
      from: {path: '^dist/commands/'},
      to: {path: '^dist/cli/(process-parts|main|render|repl)'},
    },
    {
      name: 'axios belongs to the network transport',
      severity: 'error',
      from: {path: '^dist/', pathNot: '^dist/lib/http/'},
      to: {path: 'node_modules/axios/'},
    },
    {
      name: 'xml-crypto belongs to the xml room',
      severity: 'error',
      from: {path: '^dist/', pathNot: '^dist/lib/xml/'},
      to: {path: 'node_modules/xml-crypto/'},
    },
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    moduleSystems: ['es6', 'cjs'],
    exclude: {path: '^dist/bundle/'},
  },
}
