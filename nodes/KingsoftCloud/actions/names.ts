/** Every resource of the node with its operations; each needs its entry in `resources`. */
export interface Names {
	ticket: 'close' | 'comment' | 'create' | 'get' | 'getAll' | 'getDetails' | 'reject';
	attachment: 'upload';
}
