/** The version of the tables this program knows; the number of migrations. */
export const storeVersion = 13

/** Marks a database as ours: "fedc". */
export const applicationId = 0x66656463
