import type {XmlElement} from '../xml/parse-xml.ts'
import type {CodedCheck} from './check.ts'
import {findAssertionCountProblem} from './checks/find-assertion-count-problem.ts'
import {findAudienceProblem} from './checks/find-audience-problem.ts'
import {findCarrierProblem} from './checks/find-carrier-problem.ts'
import {findClaimProblem} from './checks/find-claim-problem.ts'
import {findConditionProblem} from './checks/find-condition-problem.ts'
import {findConfirmationExpiry} from './checks/find-confirmation-expiry.ts'
import {findConfirmationProblem} from './checks/find-confirmation-problem.ts'
import {findDestinationProblem} from './checks/find-destination-problem.ts'
import {findEncryption} from './checks/find-encryption.ts'
import {findExpiry} from './checks/find-expiry.ts'
import {findForeignChild} from './checks/find-foreign-child.ts'
import {findFutureIssue} from './checks/find-future-issue.ts'
import {findIdProblem} from './checks/find-id-problem.ts'
import {findIssuerProblem} from './checks/find-issuer-problem.ts'
import {findLifetimeProblem} from './checks/find-lifetime-problem.ts'
import {findMissingAssertion} from './checks/find-missing-assertion.ts'
import {findMissingTime} from './checks/find-missing-time.ts'
import {findNameProblem} from './checks/find-name-problem.ts'
import {findNamespaceProblem} from './checks/find-namespace-problem.ts'
import {findPlaceProblem} from './checks/find-place-problem.ts'
import {findPrematurity} from './checks/find-prematurity.ts'
import {findProtocolProblem} from './checks/find-protocol-problem.ts'
import {findRecipientProblem} from './checks/find-recipient-problem.ts'
import {findRequestProblem} from './checks/find-request-problem.ts'
import {findSessionExpiry} from './checks/find-session-expiry.ts'
import {findStatementProblem} from './checks/find-statement-problem.ts'
import {findStatusProblem} from './checks/find-status-problem.ts'
import {findSubjectDifference} from './checks/find-subject-difference.ts'
import {findSubjectProblem} from './checks/find-subject-problem.ts'
import {findVersionProblem} from './checks/find-version-problem.ts'
import {signatureChecks} from './checks/signature-checks.ts'
import type {SignedToken} from './signed-token.ts'

/** Every check after the text is one document, in their order: first those before any cryptography … */
export const formChecks: readonly CodedCheck<XmlElement>[] = [
  ['NotAToken', findCarrierProblem],
  ['WrongProtocol', findProtocolProblem],
  ['AssertionEncrypted', findEncryption],
  ['AssertionMissing', findMissingAssertion],
  ['SeveralAssertions', findAssertionCountProblem],
  ['AssertionMisplaced', findPlaceProblem],
  ['ResponseForeign', findForeignChild],
  ['IdRepeated', findIdProblem],
  ['NamespaceRelative', findNamespaceProblem],
]

/** … of them the realm, before and after the signature, because it decides whose key is asked … */
export const issuerChecks: readonly CodedCheck<SignedToken>[] = [['IssuerUnknown', findIssuerProblem]]

/** … and the shape of each signature … */
export {signatureChecks}

/** … and then, on what the signature covers, those that Entra makes in this order: time, audience, user. */
export const claimChecks: readonly CodedCheck<SignedToken>[] = [
  ...issuerChecks,
  ['TimeMissing', findMissingTime],
  ['IssuedInFuture', findFutureIssue],
  ['NotYetValid', findPrematurity],
  ['Expired', findExpiry],
  ['LifetimeTooLong', findLifetimeProblem],
  ['AudienceWrong', findAudienceProblem],
  ['ConditionUnknown', findConditionProblem],
  ['VersionUnknown', findVersionProblem],
  ['StatusNotSuccess', findStatusProblem],
  ['DestinationWrong', findDestinationProblem],
  ['SubjectMissing', findSubjectProblem],
  ['SubjectsDiffer', findSubjectDifference],
  ['ConfirmationWrong', findConfirmationProblem],
  ['ConfirmationExpired', findConfirmationExpiry],
  ['RecipientWrong', findRecipientProblem],
  ['RequestUnknown', findRequestProblem],
  ['StatementMissing', findStatementProblem],
  ['SessionExpired', findSessionExpiry],
  ['NameUnsafe', findNameProblem],
  ['ClaimAmbiguous', findClaimProblem],
]
