import type {Answer} from '../../api/call.ts'
import type {PendingRequest} from './pending-request.ts'
import {type FormPage, renderForm} from './render-form.ts'

const page = ({state, wanted}: PendingRequest, hidden: Readonly<Record<string, string>> = {}) => ({
  action: '/common/login',
  hidden: {state, ...hidden},
  nextHop: wanted.kind === 'authorize' ? wanted.target.redirectUri : undefined,
})

const statusOf = (problem: string | undefined): number => (problem === undefined ? 200 : 400)
const show = (form: FormPage): Answer => renderForm(form, statusOf(form.problem))

const cancel = {label: 'Cancel', name: 'cancel'}

/** Asks who somebody is. */
export const renderName = (pending: PendingRequest, problem?: string): Answer =>
  show({
    ...page(pending),
    title: 'Sign in',
    problem,
    inputs: [{name: 'login', label: 'User name', type: 'email', autocomplete: 'username'}],
    buttons: [{label: 'Next'}],
  })

/** Asks for the password. */
export const renderPassword = (pending: PendingRequest, login: string, problem?: string): Answer =>
  show({
    ...page(pending, {login}),
    title: 'Enter password',
    texts: [login],
    problem,
    inputs: [{name: 'passwd', label: 'Password', type: 'password', autocomplete: 'current-password'}],
    buttons: [{label: 'Sign in'}],
  })

/** Asks for a new password. */
export const renderNewPassword = (pending: PendingRequest, login: string, problem?: string): Answer =>
  show({
    ...page(pending, {login}),
    title: 'Update your password',
    texts: [
      login,
      'You need to update your password because this is the first time you are signing in, or because your password has expired.',
    ],
    problem,
    inputs: [
      {name: 'passwd', label: 'Current password', type: 'password', autocomplete: 'current-password'},
      {name: 'newpasswd', label: 'New password', type: 'password', autocomplete: 'new-password'},
      {name: 'confirmpasswd', label: 'Confirm password', type: 'password', autocomplete: 'new-password'},
    ],
    buttons: [{label: 'Sign in'}],
  })

/** Asks whether a device may have what it asks for: whoever was sent a code by somebody else can stop here. */
export const renderConfirmation = (pending: PendingRequest, login: string, application: string): Answer =>
  show({
    ...page(pending),
    title: `Are you trying to sign in to ${application}?`,
    texts: [login, 'Only continue if you began this on your device yourself.'],
    buttons: [{label: 'Continue', name: 'confirm'}, cancel],
  })
