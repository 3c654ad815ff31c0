/** cdktf's matchers, such as toHaveResource. Imported where they are used: to load cdktf takes longer than many a test file without it. */
import { Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";

Testing.setupJest();
