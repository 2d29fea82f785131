/** The first node of every workflow of the test. */
export const TRIGGER = 'Trigger';
