/** Every resource of the node with its operations; each needs its entry in `resources`. */
export interface Names {
	workOrder: 'process';
}
