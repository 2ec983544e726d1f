/** Exit codes of the process; docs/errors.md says what each means. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 70 | 78 | 130

/**
 * Every error code there is, its exit code and its meaning. docs/errors.md shows this table; a test compares the two.
 * Codes are a contract: they are branched on by scripts and never change their meaning.
 */
export const errorTable = {
  // 1: the directory or the network failed
  Unreachable: {exit: 1, means: 'No answer came: no connection, no such host, a time-out, an answer cut short.'},
  ServiceFailure: {
    exit: 1,
    means: 'The service answered with an error of its own, or with something that is no answer of this service.',
  },
  StoreDamaged: {
    exit: 1,
    means: 'The store of the embedded directory is not one, or damaged; it is left as it is.',
  },
  ProfilesDamaged: {exit: 1, means: 'The profile file is not readable as one; it is left as it is.'},
  JournalDamaged: {exit: 1, means: 'The journal of an unfinished plan cannot be read; it is left as it is.'},
  FileUnsafe: {
    exit: 1,
    means:
      "A file of fedctl's own is a link, belongs to another user, or can be read or changed by others; it is left as it is.",
  },
  FileFailure: {
    exit: 1,
    means: 'The operating system refused to read or write a file for a reason of its own: full disk, no permission.',
  },
  AddressUnavailable: {
    exit: 1,
    means: 'The address to listen on is in use by another program, not permitted, or of another machine.',
  },
  PlanFailed: {exit: 1, means: 'A step of a plan failed and everything that was begun has been undone.'},
  // 2: usage
  Usage: {exit: 2, means: 'The command line is wrong: unknown flag, missing argument, flags that do not go together.'},
  UnknownCommand: {exit: 2, means: 'There is no such command.'},
  ValueMalformed: {
    exit: 2,
    means: 'A value is not of the form it must have: domain, UPN, GUID, base64, URL, number, date.',
  },
  AnswerNeeded: {
    exit: 2,
    means: 'An answer is needed and there is no terminal to ask on; the flag that gives it is named.',
  },
  FileMissing: {exit: 2, means: 'A file that was named does not exist.'},
  FileUnreadable: {
    exit: 2,
    means: 'A file that was named is a directory, is not permitted, or is not of the kind that is expected.',
  },
  FileExists: {exit: 2, means: 'A file would be overwritten; private keys never are, others with --overwrite.'},
  CertificateUnreadable: {exit: 2, means: 'A file or value that should be a certificate is not one.'},
  KeyUnreadable: {exit: 2, means: 'A file that should hold a private key does not, or the passphrase is wrong.'},
  MetadataUnreadable: {
    exit: 2,
    means: 'A document that should be federation metadata is not, or lacks what is needed.',
  },
  PlanUnreadable: {exit: 2, means: 'A file that should hold a saved plan does not.'},
  QueryInvalid: {exit: 2, means: 'The --query expression is not JMESPath.'},
  // 3: not found
  NotFound: {exit: 3, means: 'The thing that was named does not exist in this tenant.'},
  TenantNotFound: {exit: 3, means: 'There is no tenant, or no profile, to work on.'},
  // 4: not signed in, not allowed
  NotSignedIn: {exit: 4, means: 'The request carried no valid token.'},
  NotAllowed: {exit: 4, means: 'The token does not carry the permission, or the caller lacks the role.'},
  StoreAccessDenied: {
    exit: 4,
    means: 'The database server of the store refuses the user or the password, or allows the user too little.',
  },
  // 5: refused
  Refused: {exit: 5, means: 'A rule of the directory forbids the change; nothing was changed.'},
  AlreadyExists: {exit: 5, means: 'The thing exists already, or its name, issuer or immutable id is taken.'},
  PreflightFailed: {
    exit: 5,
    means: 'The checks before a change found errors; nothing was changed. Each finding is listed.',
  },
  PlanStale: {exit: 5, means: 'What a saved plan was made for has changed since; nothing was changed.'},
  PlanUnfinished: {exit: 5, means: 'An earlier plan was interrupted; it has to be finished or undone first.'},
  NotConfirmed: {exit: 5, means: 'The change was not confirmed; nothing was changed.'},
  // 6: partly done
  PartlyDone: {exit: 6, means: 'Some of it was done and some not, or something could not be undone; each is named.'},
  PlanWaiting: {exit: 6, means: 'A step that a person must do is not done yet; the plan waits and can be continued.'},
  // 7: differences or findings
  FindingsFound: {exit: 7, means: 'The check found something; it is on standard output.'},
  // 130
  Interrupted: {exit: 130, means: 'Stopped by Ctrl-C; what was done is listed.'},
} as const satisfies Record<string, {exit: ExitCode; means: string}>

/** A code of the table. */
export type ErrorCode = keyof typeof errorTable
