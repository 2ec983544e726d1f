import {upnSuffix} from '../../../model/user-principal-name.ts'
import type {Call} from '../../api/call.ts'
import {findVerifiedDomain} from '../../store/domains.ts'
import {findFederation, type StoredFederation} from '../../store/federations.ts'

/** The trust of the domain of a login; undefined where passwords are kept here, and of a domain that nobody has proved. */
export const findRealm = ({services}: Call, login: string): Promise<StoredFederation | undefined> =>
  services.store.read(async (db) => {
    const domain = await findVerifiedDomain(db, upnSuffix(login))
    return domain && findFederation(db, domain.tenantId, domain.root ?? domain.name)
  })
