from django.urls import URLPattern, URLResolver, include, path

from people.views import account, audit, invitations, joining, organization, people, teams

organization_urls = [
    path("people/", people.people, name="people"),
    path("people/invite/", invitations.invite, name="invite"),
    path("people/<uuid:code>/", people.member, name="member"),
    path("people/<uuid:code>/remove/", people.remove_member, name="remove_member"),
    path("teams/", teams.teams, name="teams"),
    path("teams/new/", teams.new_team, name="new_team"),
    path("teams/<slug:slug>/", teams.team, name="team"),
    path("teams/<slug:slug>/archive/", teams.archive_team, name="archive_team"),
    path("teams/<slug:slug>/restore/", teams.restore_team, name="restore_team"),
    path("settings/", organization.settings, name="settings"),
    path("name/", organization.rename, name="rename"),
    path("marking/", organization.marking, name="marking"),
    path("audit/", audit.audit, name="audit"),
    path("audit/events.csv", audit.audit_csv, name="audit_csv"),
    path("invitations/<uuid:code>/resend/", invitations.resend_invitation, name="resend_invitation"),
    path("invitations/<uuid:code>/revoke/", invitations.revoke_invitation, name="revoke_invitation"),
]

people_urls: list[URLPattern | URLResolver] = [
    path("account/", account.account, name="account"),
    path("organizations/new/", organization.new_organization, name="new_organization"),
    path("invitation/<str:token>/", joining.invitation, name="invitation"),
    path("o/<slug:organization>/", include(organization_urls)),
]

urlpatterns = [path("", include((people_urls, "people")))]
