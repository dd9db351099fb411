/** The number that devices text so that ThingSpace hears them (API notes, section 3). */
export const shortCode = '900060005010';
