import {expect, test} from '@jest/globals'
import type {DirectoryDoor} from '../src/cli/context.ts'
import {openWorld} from './fedctl.ts'

/** A directory that answers every list of users with one user, who is synchronised and was never told when. */
const oneSynchronized = async (door: DirectoryDoor): Promise<DirectoryDoor> => ({
  ...door,
  transport: async (request) => {
    if (!request.url.includes('/v1.0/users?')) return door.transport(request)
    expect(decodeURIComponent(request.url)).toContain('onPremisesSyncEnabled eq true')
    const value = [{id: 'u-1', userPrincipalName: 'ada@contoso.com', displayName: 'Ada', onPremisesSyncEnabled: true}]
    return {status: 200, headers: {}, body: JSON.stringify({value})}
  },
})

test('what the directory has filtered is not filtered again by other properties', async () => {
  const world = openWorld({through: oneSynchronized})
  try {
    await world.run('new-tenant', 'contoso')
    const {stdout} = await world.run('get-user', '--synchronized', '--output', 'csv', '--property', 'userPrincipalName')
    expect(stdout).toBe('userPrincipalName\nada@contoso.com\n')
    const none = await world.run(
      'get-user',
      '--synchronized',
      '--has-errors-only',
      '--output',
      'csv',
      '--property',
      'objectId',
    )
    expect(none.stdout).toBe('objectId\n')
  } finally {
    world.remove()
  }
})
