"""The web door: pages rendered on the server, which work without JavaScript.

How a page is made here:

- One module per subject (`associations.py`), its templates in `templates/<subject>/`, and at its foot `urlpatterns`
  with Swedish paths and plain names (`associations`, `association`, `association_edit`). A new module gets one line
  in `urls.SUBJECTS`, and a line in `menus.py` when it should stand in the menu.
- A view takes a `request.Request`, translates, calls one query or action with `actor=request.actor`, and translates
  back. Everything needs a sign-in except the names in `middleware.PUBLIC`. A missing row (`DoesNotExist`) becomes the
  404 page.
- Forms inherit `forms.PageForm`; `forms.fields_of("room.Model")` makes fields of the model's FORM tuple. A view says
  `if form.is_valid() and submit(form, actions.verb, actor=request.actor)`, and the action gets the cleaned fields by
  name. A button without fields posts to a view that says `attempt(request, actions.verb, done=_("..."), actor=...)`.
- A template extends `page.html` and fills the blocks `title`, `crumbs`, `heading`, `lead`, `actions`, `content`.
  `{{ form }}` gives the list of errors and every field; `{{ form.name.as_field_group }}` gives one field, and then
  `{% include "parts/errors.html" %}` the list. Pieces to fill partials with stand in `pieces.py`.
- Numbers, days and marks are written by the filters of `{% load formats %}`.
- Long lists are cut by `paging.page_of`, which takes as long on page 500 as on page 1.
- Style sheets are `static/finsam/*.css`; no style or script stands in a page (the content security policy refuses it).
"""
