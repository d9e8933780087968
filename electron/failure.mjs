/** Something the user can mend: said in one sentence, without a stack. */
export class Failure extends Error {}
