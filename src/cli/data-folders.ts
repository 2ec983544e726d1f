import {homedir} from 'node:os'
import {join} from 'node:path'

/** Where fedctl keeps what it keeps. FEDCTL_HOME puts all of it into one folder. */
export interface DataFolders {
  /** The store of the embedded directory, journals, undo files. */
  readonly data: string
  /** Profiles. */
  readonly config: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** FEDCTL_HOME, else the platform's own places (XDG on Linux). */
export function dataFolders(environment: Environment, platform: NodeJS.Platform): DataFolders {
  const home = given(environment, 'FEDCTL_HOME')
  if (home !== undefined) return {data: home, config: home}
  if (platform === 'win32') {
    const local = given(environment, 'LOCALAPPDATA') ?? join(homedir(), 'AppData', 'Local')
    return {data: join(local, 'fedctl', 'Data'), config: join(local, 'fedctl', 'Config')}
  }
  if (platform === 'darwin') {
    const library = join(homedir(), 'Library')
    return {data: join(library, 'Application Support', 'fedctl'), config: join(library, 'Preferences', 'fedctl')}
  }
  return {
    data: join(given(environment, 'XDG_DATA_HOME') ?? join(homedir(), '.local', 'share'), 'fedctl'),
    config: join(given(environment, 'XDG_CONFIG_HOME') ?? join(homedir(), '.config'), 'fedctl'),
  }
}

function given(environment: Environment, name: string): string | undefined {
  const value = environment[name]
  return value === undefined || value === '' ? undefined : value
}
