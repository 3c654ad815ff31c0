"""What MiniStack does otherwise than AWS, and what Terraform would stumble over on every plan. Importing this corrects it."""

import re
from urllib.parse import unquote

from ministack.services import apigateway_v1 as apigateway


def with_new_tags(change_tags, new_tags):
    """REST APIs and stages show the tags that they are given later (`npm run adopt`), and not only those that they were made with."""

    def changed(resource_arn, change):
        answer = change_tags(resource_arn, change)
        place = re.search(r"/restapis/([^/]+)(?:/stages/([^/]+))?$", unquote(resource_arn))
        if place and answer[0] == 204:
            api_id, stage = place.groups()
            tagged = apigateway._stages_v1[api_id][stage] if stage else apigateway._rest_apis[api_id]
            tagged["tags"] = new_tags(tagged["tags"], change)
        return answer

    return changed


apigateway._tag_v1_resource = with_new_tags(apigateway._tag_v1_resource, lambda tags, data: {**tags, **data.get("tags", {})})
apigateway._untag_v1_resource = with_new_tags(
    apigateway._untag_v1_resource, lambda tags, keys: {key: value for key, value in tags.items() if key not in keys}
)


def settings_of_method(stage, resource_path, http_method):
    settings = stage.get("methodSettings") or {}
    return settings.get(f"{resource_path.replace('/', '~1')}/{http_method}") or settings.get("*/*")


# A stage keeps the settings of a method under its encoded path, such as ~1orders~1{id}/GET, and answers with that name.
apigateway._decode_json_pointer_token = lambda segment: segment
apigateway._method_throttle_settings = settings_of_method
